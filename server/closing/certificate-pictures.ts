/** Logo and signature of a design: looked at before anything is drawn, since drawing a broken one may never end. */
import type { CertificateDesign } from '../contracts/certificates.ts';
import { readPicture } from '../media/media-rules.ts';
import type { MediaStore } from '../media/media-store.ts';
import type { CertificatePictures } from './certificate-page.ts';
import { type PictureState, type PictureStates, undrawable } from './certificate-rules.ts';

export interface DesignPictures {
  readonly pictures: CertificatePictures;
  readonly states: PictureStates;
}

export async function picturesOf(
  media: Pick<MediaStore, 'get'>,
  design: Pick<CertificateDesign, 'logo' | 'signature'>,
): Promise<DesignPictures> {
  const [logo, signature] = await Promise.all([
    pictureOf(media, design.logo),
    pictureOf(media, design.signature),
  ]);
  return {
    pictures: { logo: logo.bytes, signature: signature.bytes },
    states: { logo: logo.state, signature: signature.state },
  };
}

/** Whether all of a design's pictures can be drawn. */
export function areDrawable({ states }: DesignPictures): boolean {
  return undrawable(states).length === 0;
}

async function pictureOf(
  media: Pick<MediaStore, 'get'>,
  id: string | null,
): Promise<{ readonly bytes: Uint8Array | null; readonly state: PictureState }> {
  if (id === null) return { bytes: null, state: 'none' };
  const bytes = (await media.get(id))?.bytes;
  if (bytes === undefined) return { bytes: null, state: 'missing' };
  const facts = await readPicture(bytes);
  if ('problem' in facts) return { bytes: null, state: 'broken' };
  return facts.type === 'image/webp' ? { bytes: null, state: 'missing' } : { bytes, state: 'whole' };
}
