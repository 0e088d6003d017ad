/** An organiser at the desk of one contest, in a browser: what every step of a walk does. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { problemsInEveryLook, type Visitor } from './browser.ts';

const LOOKS = [
  { width: 360, height: 740 },
  { width: 1920, height: 1080 },
];
/** Where pictures of the screens go, to be looked at; none are taken without it. */
const pictures = process.env.TEST_PICTURES;

export class DeskWalk {
  readonly visitor: Visitor;
  readonly page: Page;
  readonly #desk: string;

  constructor(visitor: Visitor, contest: string) {
    this.visitor = visitor;
    this.page = visitor.page;
    this.#desk = `/ban-lam-viec/cuoc-thi/${contest}`;
  }

  /** A part of the contest's desk, by the name in its address; below it a tab by its label. */
  async open(part: string, tab?: string): Promise<void> {
    await this.visitor.open(part.startsWith('/') ? `${this.#desk}${part}` : `${this.#desk}?muc=${part}`);
    if (tab !== undefined) await this.page.getByRole('tab', { name: tab }).click();
  }

  /** Waits for what the desk says was done. */
  async told(text: string): Promise<void> {
    await this.page.getByRole('region', { name: 'Thông báo' }).getByText(text).first().waitFor();
  }

  press(name: string): Promise<void> {
    return this.page.getByRole('button', { name, exact: true }).click();
  }

  /** Presses a button, gives the reason that its dialog asks for, and presses the same words there. */
  async decide(button: string, reason: string): Promise<void> {
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Lý do' }).fill(reason);
    await dialog.getByRole('button', { name: button, exact: true }).click();
  }

  /** What a press lets the browser save. */
  async saved(press: () => Promise<void>): Promise<{ readonly name: string; readonly bytes: Buffer }> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), press()]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  }
}

/** Axe finds nothing on the page as it stands, at 360 and 1920 px, in both themes. */
export async function expectClean(page: Page, what: string): Promise<void> {
  expect([
    what,
    await problemsInEveryLook(
      page,
      LOOKS.map(({ width }) => width),
    ),
  ]).toEqual([what, []]);
  if (pictures === undefined) return;
  const before = page.viewportSize();
  for (const size of LOOKS) {
    await page.setViewportSize(size);
    await page.screenshot({
      path: `${pictures}/${what.replaceAll(' ', '-')}-${size.width}.png`,
      fullPage: true,
    });
  }
  if (before !== null) await page.setViewportSize(before);
}
