/** An address proposed from a title: "Tìm hiểu Nghị quyết 15" → "tim-hieu-nghi-quyet-15". Pure; the server decides. */
const longest = 80;

export function proposedSlug(title: string): string {
  const bare = title
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[đĐðÐ]/g, 'd')
    .toLowerCase();
  const joined = bare.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  if (joined.length <= longest) return joined;
  return joined
    .slice(0, longest + 1)
    .replace(/-[^-]*$/, '')
    .slice(0, longest);
}

export function isSlug(text: string): boolean {
  return text.length <= longest && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
}
