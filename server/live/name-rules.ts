/** Names that people type for a hall to see: cleaned, comparable, and without words that do not belong on a screen. Pure. */
import { cleanText, fold } from '../../questions/vietnamese.ts';

/** Longest name, in characters. */
const NAME_MAX = 40;

/** Words that are unfit by themselves, folded; a name is looked at word by word, so that parts of real names stay fit. */
const UNFIT_WORDS = new Set(
  `dm dmm dcm dkm vcl vkl vl vcc cc clm cmm cmnr cc cak cac lon loz buoi dit djt deo diz duma ditme dume fuck fucking fucker
  shit bitch dick cunt cock pussy asshole bastard slut whore nigger nazi hitler sex porn xxx`.split(/\s+/),
);
/** The same with accents, where the folded word is also a name or harmless. */
const UNFIT_ACCENTED = new Set([
  'cặc',
  'lồn',
  'buồi',
  'địt',
  'đụ',
  'đéo',
  'đĩ',
  'cứt',
  'chó',
  'ngu',
  'điếm',
  'phò',
]);
/** Folded words that are only unfit with their accents: "Lớn", "Các", "Bưởi" and "Đeo" are harmless. */
const HARMLESS_FOLDED = new Set(['lon', 'cac', 'buoi', 'deo', 'cc', 'vl']);

/** The name as it is kept; null when nothing of it is left or it is too long. */
export function cleanName(name: string): string | null {
  const clean = cleanText(name.replace(/[\p{Cc}\p{Cf}\p{Co}]/gu, ' '));
  const length = [...clean].length;
  return length === 0 || length > NAME_MAX ? null : clean;
}

/** What makes two names the same one: "Nguyễn An" and "nguyen  an". */
export function nameKey(name: string): string {
  return fold(name).replace(/[^\p{L}\p{N}]+/gu, '');
}

/** What stands in a player's row: where names may be twice, the number keeps them apart. */
export function storedNameKey(name: string, player: number, unique: boolean): string {
  return unique ? nameKey(name) : `${nameKey(name)}#${player}`;
}

/** Whether a text holds a word that is unfit. */
export function unfitText(text: string): boolean {
  const lower = text.normalize('NFC').toLowerCase();
  const words = lower.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  return words.some((word) => UNFIT_ACCENTED.has(word) || isUnfitFolded(word));
}

function isUnfitFolded(word: string): boolean {
  const plain = fold(word);
  if (!UNFIT_WORDS.has(plain)) return false;
  // A word written with accents is what its accents say.
  return word === plain ? !HARMLESS_FOLDED.has(plain) || plain === 'vl' : false;
}
