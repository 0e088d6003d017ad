/** Calendar days of documents. */

/** "2022-05-05" → "05/05/2022". */
export function dayText(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${date}/${month}/${year}`;
}
