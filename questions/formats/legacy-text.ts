/**
 * Vietnamese of before Unicode. TCVN3 (fonts ".VnTime" …) gives every letter one byte that other fonts show as a sign;
 * VNI ("VNI-Times" …) writes a vowel and then a byte for its marks. Both arrive as windows-1252 text: "ViÖt", "Vieät".
 * Sources: TCVN 5712:1993 (third table); the VNI for Windows code table.
 */

export type LegacyEncoding = 'tcvn3' | 'vni';

/** Signs of TCVN3 and the letters that they stand for, in the same order. U+00AD (a soft hyphen elsewhere) is ư. */
const TCVN3_SIGNS = 'µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦';
const TCVN3_LETTERS = 'àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ';

const tcvn3 = new Map(
  Array.from(TCVN3_SIGNS, (sign, i): [string, string] => [sign, TCVN3_LETTERS[i] ?? sign]),
);

/** TCVN3 to Unicode. `capitals`: the font is one of capitals (".VnTimeH"), which shows small letters as large ones. */
export function fromTcvn3(text: string, capitals = false): string {
  const letters = Array.from(text, (sign) => tcvn3.get(sign) ?? sign).join('');
  return capitals ? letters.toUpperCase() : letters;
}

/** Vowel (as VNI types it) → sign behind it → the letter. */
const VNI_PAIRS: readonly (readonly [base: string, signs: string, letters: string])[] = [
  ['a', 'øùûõïêèéúüëâàáåãä', 'àáảãạăằắẳẵặâầấẩẫậ'],
  ['e', 'øùûõïâàáåãä', 'èéẻẽẹêềếểễệ'],
  ['o', 'øùûõïâàáåãä', 'òóỏõọôồốổỗộ'],
  ['u', 'øùûõï', 'ùúủũụ'],
  ['y', 'øùûõ', 'ỳýỷỹ'],
  ['ô', 'øùûõï', 'ờớởỡợ'],
  ['ö', 'øùûõï', 'ừứửữự'],
];
/** Letters that VNI keeps in one byte. */
const VNI_SINGLES = { signs: 'ôöñæóòîìí', letters: 'ơưđỉĩịỵìí' };

function vniTable(): ReadonlyMap<string, string> {
  const table = new Map<string, string>();
  for (const [base, signs, letters] of VNI_PAIRS) {
    for (const [i, sign] of Array.from(signs).entries()) {
      const letter = letters[i] ?? '';
      table.set(base + sign, letter);
      for (const mark of [sign, sign.toUpperCase()])
        table.set(base.toUpperCase() + mark, letter.toUpperCase());
    }
  }
  for (const [i, sign] of Array.from(VNI_SINGLES.signs).entries()) {
    table.set(sign, VNI_SINGLES.letters[i] ?? sign);
    table.set(sign.toUpperCase(), (VNI_SINGLES.letters[i] ?? sign).toUpperCase());
  }
  return table;
}

const vni = vniTable();
const VNI_UNIT = /[aeouyôö][øùûõïêèéúüëâàáåãä]|[ôöñæóòîìí]/giu;

/** VNI to Unicode. */
export function fromVni(text: string): string {
  return text.replace(VNI_UNIT, (unit) => vni.get(unit) ?? unit);
}

/** What a font name of a document says about its text: the encoding, and whether the font shows capitals. */
export function legacyFont(
  font: string,
): { readonly encoding: LegacyEncoding; readonly capitals: boolean } | null {
  const name = font.trim().toLowerCase();
  if (name.startsWith('.vn')) return { encoding: 'tcvn3', capitals: /h$/.test(name) };
  if (name.startsWith('vni-')) return { encoding: 'vni', capitals: false };
  return null;
}

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
const ONSET = '(?:ngh|ng|nh|n|ch|c|đ|d|gh|gi|g|h|kh|k|l|m|ph|p|qu|q|r|s|th|tr|t|v|x|b)?';
const NUCLEUS =
  '(?:uyê|uya|uyu|uây|uôi|ươi|ươu|iêu|yêu|oai|oay|oao|oeo|iê|yê|ia|ya|ua|uô|ưa|ươ|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|oa|oă|oe|uâ|uê|uơ|uy|oo|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)';
const SYLLABLE = new RegExp(`^${ONSET}${NUCLEUS}(?:ch|c|m|ng|nh|n|p|t)?$`, 'u');

/** Whether a word can be a Vietnamese syllable: its letters in an order that the language has, with at most one tone. */
function isSyllable(word: string): boolean {
  const taken = word.toLowerCase().normalize('NFD');
  if ((taken.match(TONES) ?? []).length > 1) return false;
  return SYLLABLE.test(taken.replace(TONES, '').normalize('NFC'));
}

/** Words with a letter or sign beyond ASCII: the only ones that tell encodings apart. Looked for once from where a word begins. */
const MARKED_WORD =
  /(?<![^\s!-@[-`{-~“”‘’–—…])[^\s!-@[-`{-~“”‘’–—…]*[\u00a1-\u1eff\u20ab][^\s!-@[-`{-~“”‘’–—…]*/gu;
const SAMPLE = 100_000;

/** Share of the words with marks that can be Vietnamese, 0..1, and how many there are. */
export function vietnameseShare(text: string): { readonly words: number; readonly share: number } {
  const words = text.slice(0, SAMPLE).match(MARKED_WORD) ?? [];
  const good = words.filter(isSyllable).length;
  return { words: words.length, share: words.length === 0 ? 0 : good / words.length };
}

/** Conversion of the text or null when it is no legacy text: the words must become Vietnamese by it, and not have been before. */
export function detectLegacy(text: string): LegacyEncoding | null {
  const before = vietnameseShare(text);
  if (before.words === 0 || before.share > 0.5) return null;
  const sample = text.slice(0, SAMPLE);
  const found: [LegacyEncoding, number][] = [
    ['tcvn3', legacyShare(sample, fromTcvn3(sample))],
    ['vni', legacyShare(sample, fromVni(sample))],
  ];
  const [best] = found.sort((a, b) => b[1] - a[1]);
  return best !== undefined && best[1] >= 0.85 ? best[0] : null;
}

/** A word that is still no Vietnamese after conversion speaks against it, also when nothing in it was converted. */
function legacyShare(before: string, after: string): number {
  const wordsBefore = before.match(MARKED_WORD)?.length ?? 0;
  const { share, words } = vietnameseShare(after);
  return words < wordsBefore ? 0 : share;
}

/** The text in Unicode; unchanged when it is no legacy text. */
export function fromLegacy(text: string, encoding: LegacyEncoding): string {
  return (encoding === 'tcvn3' ? fromTcvn3(text) : fromVni(text)).normalize('NFC');
}
