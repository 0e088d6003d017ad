/** Looks of a run or a font in a workbook. */

import type { XmlAttributes } from '../open-xml.ts';
import { ABOVE, BELOW, BOLD, ITALIC, type Looks, plainLooks, UNDERLINE } from '../styled-text.ts';

const SWITCHES: Readonly<Record<string, number>> = { b: BOLD, i: ITALIC, u: UNDERLINE };
/** Colours of the usual theme that people use as ink; 0 and 1 are white and black. */
const THEME = ['', '', 'e7e6e6', '44546a', '4472c4', 'ed7d31', 'a5a5a5', 'ffc000', '5b9bd5', '70ad47'];
/** The old palette, as far as people mark with it: red, green, blue, yellow … */
const INDEXED: Readonly<Record<string, string>> = {
  '2': 'ff0000',
  '3': '00ff00',
  '4': '0000ff',
  '5': 'ffff00',
  '10': 'ff0000',
  '11': '00ff00',
  '12': '0000ff',
  '13': 'ffff00',
  '16': '800000',
  '17': '008000',
  '60': '993300',
};

/** A colour attribute as six hex digits; null: black, white, or not said. */
export function colorOf({ rgb, theme, indexed }: XmlAttributes): string | null {
  if (rgb !== undefined) return inkOrNull(rgb.slice(-6).toLowerCase());
  if (theme !== undefined) return THEME[Number(theme)] || null;
  return indexed === undefined ? null : (INDEXED[indexed] ?? null);
}

function inkOrNull(rgb: string): string | null {
  return /^[0-9a-f]{6}$/.test(rgb) && rgb !== '000000' && rgb !== 'ffffff' ? rgb : null;
}

/** Gathers the properties of one run. */
export class RunLooks {
  #marks = 0;
  #color: string | null = null;

  property(name: string, attributes: XmlAttributes): void {
    const bit = SWITCHES[name];
    const value = attributes.val ?? '';
    if (bit !== undefined) {
      if (!['0', 'false', 'none'].includes(value)) this.#marks |= bit;
    } else if (name === 'vertAlign') {
      if (value === 'superscript') this.#marks |= ABOVE;
      if (value === 'subscript') this.#marks |= BELOW;
    } else if (name === 'color') this.#color = colorOf(attributes);
  }

  get looks(): Looks {
    return this.#marks === 0 && this.#color === null
      ? plainLooks
      : { marks: this.#marks, color: this.#color };
  }
}
