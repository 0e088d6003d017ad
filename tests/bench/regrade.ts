/** A corrected key over 100,000 attempts that were all asked the question: how fast, and the same when it is killed twenty times. */
import { type Bench, rounded } from './bench.ts';
import { openPlace } from './place.ts';
import { regradeKilled } from './regrading.ts';

export const regrade: Bench = {
  name: 'regrade',
  about: 'a corrected key over 100,000 attempts, killed twenty times',
  async run({ quick, say }) {
    const place = await openPlace('sqlite');
    try {
      const report = await regradeKilled({
        folder: place.folder,
        attempts: quick ? 4000 : 100_000,
        kills: quick ? 3 : 20,
        say,
      });
      const { attempts, kills, seconds, changed, mismatches } = report;
      return {
        figures: {
          attempts,
          kills,
          seconds: rounded(seconds),
          attempts_per_s: rounded(attempts / seconds),
          changed,
          mismatches,
        },
        goals: { attempts_per_s: { atLeast: 5000 }, mismatches: { atMost: 0 } },
        notes: [
          'every paper asks the question; the time is from the decision at the door to the end of the work, in the clean run',
        ],
      };
    } finally {
      await place.remove();
    }
  },
};
