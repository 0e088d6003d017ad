/**
 * A ZIP without its compression: what is inside, no byte more than its directory declares, packed again as it is. Whoever reads
 * the result inflates nothing, so a file that lies about its sizes is cut off instead of filling the memory.
 */
import { unzipSync, zipSync } from 'fflate';

/** Pictures and the like are not read. */
const READ = /\.(xml|rels)$/i;

/** Throws when it is no ZIP, or when more is declared than `mostBytes` or `mostEntries`. */
export function unpacked(
  bytes: Uint8Array,
  { mostBytes, mostEntries }: { readonly mostBytes: number; readonly mostEntries: number },
): Uint8Array {
  let declared = 0;
  let entries = 0;
  // The library inflates into a buffer of the declared size and drops what does not fit.
  const files = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      declared += originalSize;
      entries += 1;
      if (declared > mostBytes || entries > mostEntries) throw new RangeError('more than may be unpacked');
      return READ.test(name);
    },
  });
  return zipSync(files, { level: 0 });
}
