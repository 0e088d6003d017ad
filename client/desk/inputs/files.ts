/**
 * A picture from a device, made fit to be sent: at most 1,600 px wide and 1,000,000 bytes. Photographs of phones are ten
 * times that, and their hidden notes about place and time are lost on the way, as they should be.
 */
const widestPx = 1600;
const mostBytes = 1_000_000;
const types = ['image/png', 'image/jpeg', 'image/webp'];

/** base64 of the file. Throws when the browser cannot read it as a picture. */
export async function sendable(file: File): Promise<string> {
  const picture = await createImageBitmap(file);
  const fits = types.includes(file.type) && file.size <= mostBytes && picture.width <= widestPx;
  if (fits && file.type === 'image/png') return base64(file);
  for (const [width, quality] of [
    [widestPx, 0.85],
    [1200, 0.75],
    [900, 0.6],
  ] as const) {
    const blob = await drawn(picture, width, quality);
    if (blob.size <= mostBytes) return base64(blob);
  }
  throw new RangeError('the picture stays too large');
}

async function drawn(picture: ImageBitmap, widest: number, quality: number): Promise<Blob> {
  const scale = Math.min(1, widest / picture.width);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const pen = canvas.getContext('2d');
  if (pen === null) throw new TypeError('no canvas');
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
  if (blob === null) throw new TypeError('no picture');
  return blob;
}

/** Also for spreadsheets. */
export async function base64(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const step = 0x8000;
  let text = '';
  for (let at = 0; at < bytes.length; at += step)
    text += String.fromCharCode(...bytes.subarray(at, at + step));
  return btoa(text);
}
