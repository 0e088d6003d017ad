/** Whether a host name is one of a network without the internet behind it (RFC 1918, RFC 6762, IPv6 local addresses). */
export function isPrivateHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  if (/^(fe80|f[cd][0-9a-f]{2}):/i.test(bare) || bare.endsWith('.local')) return true;
  const parts = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(bare);
  if (parts === null) return false;
  const [first, second] = [Number(parts[1]), Number(parts[2])];
  if (first === 10 || (first === 192 && second === 168) || (first === 169 && second === 254)) return true;
  return first === 172 && second >= 16 && second <= 31;
}
