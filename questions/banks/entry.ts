/**
 * Reading one map of a bank file field by field, so that everything wrong with it is reported at its line at once.
 */
import type { BankProblem } from './bank-file.ts';

/** A place in the file: names and indices from the root. */
export type Path = readonly (string | number)[];

/** Where problems gather while one file is read. */
export interface Findings {
  readonly problems: BankProblem[];
  /** Line, from 1, of what stands at a path, or of the nearest thing around it. */
  lineOf(path: Path): number;
}

/** True for a map with text keys. */
function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One map of the file. A field that is missing or wrong is reported and read as an empty value. */
export class Entry {
  readonly code: string;
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #path: Path;
  readonly #findings: Findings;

  constructor(value: unknown, path: Path, code: string, findings: Findings) {
    this.#path = path;
    this.#findings = findings;
    this.code = code;
    this.#values = isMap(value) ? value : {};
    if (!isMap(value)) this.report('', 'phải là một khối trường: giá trị', 'must be a block of fields');
  }

  /** Reports a problem at a field; `at` is empty for the whole entry. */
  report(at: string, vi: string, en: string): void {
    const place = at === '' ? this.#path : [...this.#path, at];
    const name = at === '' ? '' : `"${at}" `;
    this.#findings.problems.push({
      line: this.#findings.lineOf(place),
      code: this.code,
      vi: `${name}${vi}`,
      en: `${name}${en}`,
    });
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined && this.#values[name] !== null;
  }

  names(): readonly string[] {
    return Object.keys(this.#values);
  }

  /** Reports fields that nobody reads: most often a typing mistake. */
  allowOnly(names: readonly string[]): void {
    for (const name of this.names()) {
      if (!names.includes(name)) this.report(name, 'là trường không có trong mẫu', 'is not a known field');
    }
  }

  /** Text that must be there. */
  text(name: string): string {
    if (this.has(name) && this.#values[name] !== '') return this.optionalText(name);
    this.report(name, 'còn thiếu', 'is missing');
    return '';
  }

  /** Text, or '' when the field is absent. */
  optionalText(name: string): string {
    const value = this.#values[name] ?? '';
    if (typeof value === 'string') return this.#checkText(name, value);
    this.report(name, 'phải là chữ; hãy đặt trong dấu nháy', 'must be text; put it in quotes');
    return '';
  }

  number(name: string): number {
    const value = this.#values[name];
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    this.report(name, 'phải là số, dùng dấu chấm thập phân', 'must be a number, with a decimal point');
    return 0;
  }

  /** True or false; `otherwise` when absent, and without `otherwise` the field must be there. */
  truth(name: string, otherwise?: boolean): boolean {
    const value = this.has(name) ? this.#values[name] : otherwise;
    if (typeof value === 'boolean') return value;
    this.report(name, 'phải là true hoặc false', 'must be true or false');
    return false;
  }

  /** One text or a list of texts, as a list. */
  texts(name: string): readonly string[] {
    const value = this.#values[name];
    const list: readonly unknown[] = Array.isArray(value) ? value : this.has(name) ? [value] : [];
    const texts = list.filter((item): item is string => typeof item === 'string' && item !== '');
    if (texts.length !== list.length) {
      this.report(name, 'chỉ được gồm chữ; hãy đặt số trong dấu nháy', 'must hold texts only; quote numbers');
    }
    return texts.map((text) => this.#checkText(name, text));
  }

  /** The items of a list. */
  list(name: string): readonly unknown[] {
    const value = this.#values[name];
    if (Array.isArray(value)) return value;
    this.report(name, 'phải là danh sách', 'must be a list');
    return [];
  }

  /** The map in a field. */
  entry(name: string): Entry {
    if (!this.has(name)) this.report(name, 'còn thiếu', 'is missing');
    const value = this.has(name) ? this.#values[name] : {};
    return new Entry(value, [...this.#path, name], this.code, this.#findings);
  }

  #checkText(name: string, value: string): string {
    if (value !== value.normalize('NFC')) {
      this.report(name, 'chưa ở dạng Unicode dựng sẵn (NFC)', 'is not Unicode NFC');
    }
    if (value !== value.trim())
      this.report(name, 'thừa khoảng trắng ở đầu hoặc cuối', 'has spaces around it');
    return value;
  }
}
