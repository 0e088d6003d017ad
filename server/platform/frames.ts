/**
 * Messages to sockets as whole websocket frames (RFC 6455, 5.2). Engine.IO passes on what is framed already: one buffer and
 * one plain write a phone, where it would encode the same text for each and gather a head and a content. To ten thousand
 * phones the system call is most of the cost.
 */
import type { Socket } from 'socket.io';

/** FIN, text; a server does not mask. */
const TEXT = 0x81;
const SHORT_MOST = 125;
const SIXTEEN_BITS = 126;
const SIXTEEN_BITS_MOST = 0xffff;
const SIXTY_FOUR_BITS = 127;
/** Engine.IO's sign of a message. */
const MESSAGE = 0x34;
const NOTHING = Buffer.alloc(0);

/** The frame of a Socket.IO packet: what many have in common is encoded once, with `own` behind it. */
export function frameOf(shared: Buffer, own = ''): Buffer {
  const length = 1 + shared.length + Buffer.byteLength(own);
  const headBytes = length <= SHORT_MOST ? 2 : length <= SIXTEEN_BITS_MOST ? 4 : 10;
  const frame = Buffer.allocUnsafe(headBytes + length);
  frame[0] = TEXT;
  if (headBytes === 2) frame[1] = length;
  else if (headBytes === 4) {
    frame[1] = SIXTEEN_BITS;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = SIXTY_FOUR_BITS;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame[headBytes] = MESSAGE;
  shared.copy(frame, headBytes + 1);
  if (own !== '') frame.write(own, headBytes + 1 + shared.length);
  return frame;
}

/** Sends a Socket.IO packet; `frame` is the same, framed. */
export function sendFrame({ conn }: Socket, packet: string, frame: Buffer): void {
  const framed = { compress: false, wsPreEncodedFrame: [frame] };
  conn.write(packet, framed);
}

/** Sends a Socket.IO packet to one socket. */
export function sendPacket(socket: Socket, packet: string): void {
  sendFrame(socket, packet, frameOf(NOTHING, packet));
}
