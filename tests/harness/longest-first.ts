import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes a minute is begun first, so that no worker is left with it alone: in a fresh clone Vitest knows only the sizes of files. */
const LONGEST = ['/tests/faults/kill.test.ts', '/tests/faults/live-nodes.test.ts'];

export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean =>
      LONGEST.some((path) => moduleId.endsWith(path));
    // Behind the browser's, whose pages want the machine for themselves.
    const first = sorted.findIndex(({ project }) => project.name === 'unit');
    const [pages, units] = first < 0 ? [sorted, []] : [sorted.slice(0, first), sorted.slice(first)];
    return [...pages, ...units.filter(isLong), ...units.filter((file) => !isLong(file))];
  }
}
