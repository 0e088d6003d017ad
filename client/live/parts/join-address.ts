/** How the way into a room is written where people read it from afar. */

/** "https://hoithi.vn/vao/123456" → "hoithi.vn/vao": the PIN stands beside it, larger. */
export function joinAddress(joinUrl: string): string {
  return joinUrl.replace(/^https?:\/\//, '').replace(/\/\d{6}$/, '');
}

/** "123456" → "123 456". */
export function spacedPin(pin: string): string {
  return pin.replace(/^(\d{3})(\d{3})$/, '$1\u00a0$2');
}
