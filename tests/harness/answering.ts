/** How people answer the kinds that take more than one press, in a browser. A question is whatever its player stands in. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

type Question = Page | Locator;

/** What is read in each, without line breaks. */
export function textsOf(all: Locator): Promise<string[]> {
  return all.evaluateAll((found) => found.map((one) => (one.textContent ?? '').replace(/\s+/g, ' ').trim()));
}

/** Moves items up until they stand so, and takes the order even if they stood so from the start. */
export async function putInOrder(question: Question, wanted: readonly string[]): Promise<void> {
  const order = () => textsOf(question.locator('.what'));
  await expect.poll(async () => (await order()).length).toBe(wanted.length);
  for (const [place, item] of wanted.entries())
    for (let at = (await order()).indexOf(item); at > place; at--) {
      await question.getByRole('button', { name: `Chuyển lên: ${item}` }).click();
      await expect.poll(async () => (await order()).indexOf(item)).toBe(at - 1);
    }
  const keep = question.getByRole('button', { name: 'Giữ nguyên thứ tự này' });
  if ((await keep.count()) > 0) await keep.click();
  await question.getByText('Đã ghi nhận thứ tự này').waitFor();
}

/** Rights stand in an order of chance: they are found by their texts. */
export async function pairUp(question: Question, pairs: Readonly<Record<string, string>>): Promise<void> {
  for (const [left, right] of Object.entries(pairs)) {
    const picker = question.getByLabel(left);
    const all = await textsOf(picker.locator('option'));
    await picker.selectOption({ label: all.find((text) => text.endsWith(right)) ?? right });
  }
}

/** True or false for each statement, as they stand. */
export async function judge(question: Question, truths: readonly boolean[]): Promise<void> {
  for (const [place, truth] of truths.entries())
    await question
      .locator('.statement')
      .nth(place)
      .getByText(truth ? 'Đúng' : 'Sai', { exact: true })
      .click();
}
