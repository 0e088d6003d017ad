/** Cells of files that spreadsheets open: a text is a text there, whatever it begins with. Apart, so that threads load nothing else with it. */

/** What begins a formula: one of = + - @, also in its full width, behind white space too. */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;
/** The same inside a cell: a spreadsheet whose list separator is ";" cuts a comma's file there. */
const FORMULA_INSIDE = /[;|\t\r\n](?=\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g;

/** Text that a spreadsheet takes as text: an apostrophe goes before what would begin a formula. */
export function neutralised<Of>(value: Of): Of | string {
  if (typeof value !== 'string') return value;
  const text = value.replace(FORMULA_INSIDE, "$&'");
  return FORMULA.test(text) ? `'${text}` : text;
}
