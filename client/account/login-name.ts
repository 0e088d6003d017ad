/**
 * One box for phone, e-mail or user name: people type what they have. An "@" makes it an e-mail, nothing but digits and
 * what stands between them a phone number, everything else a user name; the server checks each by its own rules.
 */
export function loginName(text: string): { phone: string } | { email: string } | { userName: string } {
  const typed = text.trim();
  if (typed.includes('@')) return { email: typed };
  if (/^\+?[\d\s.()-]+$/.test(typed)) return { phone: typed };
  return { userName: typed };
}
