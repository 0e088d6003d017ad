/**
 * A bank file (YAML, one a bank) read into the model. Pure: text in, bank or problems out.
 * The format is in the README beside this file; every problem carries its line and the question's code.
 */
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { Question } from '../question.ts';
import type { BankDocument, BankProblem, ShippedBank } from './bank-file.ts';
import { Entry, type Findings, type Path } from './entry.ts';
import { type Head, readQuestion } from './question-entry.ts';

/** The bank, or null with everything that is wrong with its file. */
export type BankReading =
  | { readonly bank: ShippedBank; readonly problems: readonly [] }
  | { readonly bank: null; readonly problems: readonly BankProblem[] };

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const DAY = /^(\d{2})\/(\d{2})\/(\d{4})$/;
const HEAD_FIELDS = ['slug', 'title', 'description', 'licence', 'documents', 'sources', 'questions'];

/** Reads the text of one bank file. */
export function readBank(text: string): BankReading {
  const lines = new LineCounter();
  const file = parseDocument(text, { lineCounter: lines });
  if (file.errors.length > 0)
    return { bank: null, problems: file.errors.map((error) => brokenYaml(error, lines)) };
  const findings: Findings = { problems: [], lineOf: (path) => lineAt(file, lines, path) };
  const bank = readFields(new Entry(file.toJS(), [], '', findings), findings);
  if (findings.problems.length === 0) return { bank, problems: [] };
  return { bank: null, problems: findings.problems.toSorted((a, b) => a.line - b.line) };
}

function brokenYaml(
  error: { readonly pos: readonly [number, number]; readonly message: string },
  lines: LineCounter,
): BankProblem {
  const reason = error.message.split('\n')[0] ?? '';
  return {
    line: lines.linePos(error.pos[0]).line,
    code: '',
    vi: `tệp YAML viết sai: ${reason}`,
    en: `broken YAML: ${reason}`,
  };
}

/** Climbs from the path to the nearest node that stands in the file. */
function lineAt(file: Document, lines: LineCounter, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = file.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function readFields(entry: Entry, findings: Findings): ShippedBank {
  entry.allowOnly(HEAD_FIELDS);
  const slug = entry.text('slug');
  if (!SLUG.test(slug))
    entry.report('slug', 'chỉ gồm a-z, 0-9 và dấu gạch nối', 'may hold a-z, 0-9 and hyphens only');
  const documents = readDocuments(entry.entry('documents'));
  const head: Head = { documents, sources: readSources(entry.entry('sources')) };
  return {
    slug,
    title: entry.text('title'),
    description: entry.text('description'),
    licence: entry.text('licence'),
    documents,
    questions: readQuestions(entry, head, findings),
  };
}

function readDocuments(entry: Entry): Readonly<Record<string, BankDocument>> {
  return Object.fromEntries(entry.names().map((id) => [id, readDocument(entry.entry(id))]));
}

function readDocument(entry: Entry): BankDocument {
  entry.allowOnly(['number', 'name', 'issuer', 'issued', 'validity', 'superseded']);
  const issued = entry.optionalText('issued');
  if (issued !== '' && !isDay(issued))
    entry.report('issued', 'phải là ngày dd/mm/yyyy có thật', 'must be a real day, dd/mm/yyyy');
  return {
    number: entry.optionalText('number'),
    name: entry.text('name'),
    issuer: entry.text('issuer'),
    issued,
    validity: entry.text('validity'),
    superseded: entry.optionalText('superseded'),
  };
}

/** True for a day of the calendar written dd/mm/yyyy. */
function isDay(text: string): boolean {
  const [, day, month, year] = DAY.exec(text) ?? [];
  if (day === undefined || month === undefined || year === undefined) return false;
  const parsed = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return parsed.getUTCDate() === Number(day) && parsed.getUTCMonth() === Number(month) - 1;
}

function readSources(entry: Entry): Readonly<Record<string, string>> {
  return Object.fromEntries(entry.names().map((id) => [id, entry.text(id)]));
}

function readQuestions(entry: Entry, head: Head, findings: Findings): readonly Question[] {
  const seen = new Set<string>();
  const questions: Question[] = [];
  for (const [index, value] of entry.list('questions').entries()) {
    const path = ['questions', index];
    const code = new Entry(value, path, '', findings).text('code');
    const question = new Entry(value, path, code, findings);
    if (seen.has(code)) question.report('code', `bị trùng: ${code}`, `is used twice: ${code}`);
    seen.add(code);
    const read = readQuestion(question, head);
    if (read !== null) questions.push(read);
  }
  return questions;
}
