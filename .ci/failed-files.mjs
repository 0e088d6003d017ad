/** A reporter for `test.mjs --again`: writes which files failed, one a line, where FAILED_FILES says. Nothing when something else went wrong, too: an error outside of every test is nothing to try again. */
import { writeFileSync } from 'node:fs';

export default class FailedFiles {
  onTestRunEnd(modules, errors) {
    const failed = modules.filter((module) => !module.ok()).map(({ moduleId }) => moduleId);
    writeFileSync(process.env.FAILED_FILES, errors.length > 0 ? '' : failed.join('\n'));
  }
}
