/** Pictures as programs write them, of one colour and as small as can be. */
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

export interface Drawing {
  readonly width?: number;
  readonly height?: number;
  /** Colour type of PNG; 6: colours and transparency. */
  readonly colour?: 2 | 6;
  readonly interlaced?: boolean;
  /** Tells one picture from another. */
  readonly shade?: number;
  /** In place of the rows, packed. */
  readonly packed?: Uint8Array;
}

export function pngChunk(name: string, data: Uint8Array): Buffer {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(name, 4, 'latin1');
  chunk.set(data, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return chunk;
}

/** A PNG; with what `between` holds before its end. */
export function pngOf(drawing: Drawing = {}, between: Uint8Array = Buffer.alloc(0)): Buffer {
  const { width = 8, height = 8, colour = 6, interlaced = false, shade = 7 } = drawing;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, colour, 0, 0, interlaced ? 1 : 0], 8);
  const packed = drawing.packed ?? deflateSync(rowsOf(width, height, colour === 6 ? 4 : 3, shade));
  const parts = [SIGNATURE, pngChunk('IHDR', head), pngChunk('IDAT', packed), between];
  return Buffer.concat([...parts, pngChunk('IEND', Buffer.alloc(0))]);
}

/** Each row begins with its filter: none. */
function rowsOf(width: number, height: number, channels: number, shade: number): Buffer {
  const row = Buffer.concat([Buffer.of(0), Buffer.alloc(width * channels, shade)]);
  return Buffer.concat(Array.from({ length: height }, () => row));
}

/** The frame of a JPEG: what says how large it is, the start of its scan, and its end. */
export function jpegOf(width: number, height: number): Buffer {
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  const scan = Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0xff, 0x00, 0x34]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1]),
    frame,
    scan,
    Buffer.of(0xff, 0xd9),
  ]);
}

/** The head of a WebP without loss. */
export function webpOf(width: number, height: number): Buffer {
  const data = Buffer.alloc(20);
  data[0] = 0x2f;
  data.writeUInt32LE((width - 1) | ((height - 1) << 14), 1);
  const head = Buffer.from('RIFF\0\0\0\0WEBPVP8L\0\0\0\0', 'latin1');
  head.writeUInt32LE(12 + data.length, 4);
  head.writeUInt32LE(data.length, 16);
  return Buffer.concat([head, data]);
}
