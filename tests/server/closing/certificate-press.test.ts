/** The thread that draws certificates says when a design cannot be drawn, and goes on with another order. */
import { afterEach, expect, it } from 'vitest';
import { CannotDraw, CertificatePress } from '../../../server/closing/certificate-press.ts';
import { SAMPLE } from '../../../server/closing/certificate-rules.ts';
import { pngOf } from '../../harness/picture.ts';

const design = {
  ...{ name: 'Mẫu', landscape: true, frame: 'none' as const, motto: false, issuer: '', logo: null },
  lines: [{ text: '{ten}', size: 30, style: 'name' as const }],
  ...{ place: '', signRole: '', signName: '', signature: null },
};
const text = { ...SAMPLE, issuedAt: 0, address: 'http://thi.example.vn/xac-minh/1' };
const presses: CertificatePress[] = [];
const pressWith = (logo: Uint8Array): CertificatePress => {
  const press = new CertificatePress({ design, pictures: { logo, signature: null } });
  presses.push(press);
  return press;
};

afterEach(async () => {
  for (const press of presses.splice(0)) await press.close();
});

it('draws with a whole picture, one certificate after another', async () => {
  const press = pressWith(pngOf());
  for (let i = 0; i < 2; i++)
    expect(Buffer.from((await press.print(text)).subarray(0, 4)).toString()).toBe('%PDF');
});

it('cannot draw pictures that are broken where they are packed, or cut off', async () => {
  for (const logo of [pngOf({ packed: Buffer.from('nothing packed') }), pngOf().subarray(0, 30)])
    await expect(pressWith(logo).print(text)).rejects.toBeInstanceOf(CannotDraw);
});
