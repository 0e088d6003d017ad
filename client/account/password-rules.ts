/** Characters that a new password needs at least; the server decides, this only says it before sending. */
export const leastPassword = 8;
