/** Codes by which somebody says "I am on the list": the file's own, or made here. Typed from paper, so signs and case do not count. Pure. */
import { cleanText } from '../../questions/vietnamese.ts';

/** 40 bits; and the name must fit too. */
export const CODE_CHARACTERS = 8;
export const SHORTEST = 4;
export const LONGEST = 40;

/** The form that is hashed; null: too short or too long to be one. */
export function codeForm(typed: string): string | null {
  const form = cleanText(typed)
    .toUpperCase()
    .replace(/[\s.\-–—/]/g, '');
  return form.length < SHORTEST || form.length > LONGEST ? null : form;
}

/** What is hashed for a contest: the same code in another contest is another one. */
export function codeKeyOf(contestId: number, form: string): string {
  return `${contestId}/${form}`;
}

/** The forms that may be meant: as typed, and with the letters that our own codes never have read as digits. */
export function formsOf(typed: string): readonly string[] {
  const form = codeForm(typed);
  if (form === null) return [];
  const digits = form.replaceAll('O', '0').replace(/[IL]/g, '1');
  return digits === form ? [form] : [form, digits];
}
