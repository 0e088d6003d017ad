/**
 * Certificates for everybody of a round, made in the background by the running product: how many a second, with how much memory,
 * and for how long its event loop did nothing else; then all of them taken along as ZIP.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, type BenchOptions, type Figures, rounded } from './bench.ts';
import { BenchDesk } from './desk.ts';
import { openPlace } from './place.ts';
import { type Seeded, seed } from './seed.ts';

const FULL = 20_000;
const QUICK = 40;
const ADMIN = 1;
const WAIT_MS = 60_000;
const POLL_MS = 200;
const REASON = 'đo tốc độ';
const BATCH = '00000000-0000-7000-8000-00000000ce47';
/** The usual text in the usual frame: the same as the desk begins with. */
const DESIGN = {
  ...{ name: 'Giấy chứng nhận', landscape: true, frame: 'gold', motto: true, logo: null, signature: null },
  issuer: 'BAN TỔ CHỨC CUỘC THI',
  lines: [
    { text: 'GIẤY CHỨNG NHẬN', size: 34, style: 'title' },
    { text: '{ten}', size: 30, style: 'name' },
    { text: 'Đơn vị: {don_vi}', size: 16, style: 'plain' },
    { text: 'đã hoàn thành {vong} cuộc thi {cuoc_thi} với {diem} điểm', size: 16, style: 'plain' },
  ],
  ...{ place: 'Hà Nội', signRole: 'TM. BAN TỔ CHỨC', signName: 'Đỗ Hữu Nghĩa' },
};

/** Results of the earlier round become provisional: then there is somebody to give certificates to. */
async function declare(desk: BenchDesk, door: string, board: string): Promise<void> {
  const body = { board, standing: 'provisional', last: 0, reason: REASON };
  for (const end = Date.now() + WAIT_MS; ; ) {
    try {
      await desk.ask('POST', `${door}/standings`, body);
      return;
    } catch (error) {
      // The server settles rounds that are over by itself; until then nothing can be declared.
      if (Date.now() > end) throw error;
      await sleep(500);
    }
  }
}

async function measure(
  desk: BenchDesk,
  { contest, earlier }: Seeded,
  wanted: number,
  { say }: BenchOptions,
): Promise<Figures> {
  const door = `/api/desk/contests/${contest.uid}`;
  const board = `round-${earlier.uid}`;
  await declare(desk, door, board);
  const design = { id: null, expectedVersion: 0, design: DESIGN };
  const { designs } = await desk.ask('POST', `${door}/certificate-designs`, design);
  const batch = async () => (await desk.ask('GET', `${door}/certificate-batches/${BATCH}`)).batch;
  say(`${wanted} certificates`);
  const order = {
    ...{ id: BATCH, design: designs[0].id, reason: REASON },
    source: { kind: 'entrants', board, minMarks: 0 },
  };
  let halfway = 0;
  const made = await desk.watched(async () => {
    await desk.ask('POST', `${door}/certificate-batches`, order);
    for (;;) {
      const { state, made: done, total, parts } = await batch();
      if (state === 'done') return { total, parts };
      if (halfway === 0 && total > 0 && done >= total / 2) halfway = desk.product.usage().memoryBytes / 1e6;
      await sleep(POLL_MS);
    }
  });
  say('all of them as ZIP');
  const { total, parts } = made.result;
  const taken = await desk.watched(async () => {
    let bytes = 0;
    for (let part = 1; part <= parts; part++)
      bytes += await desk.take(`${door}/certificate-batches/${BATCH}/files?part=${part}`);
    return bytes;
  });
  return {
    certificates: total,
    certificates_per_s: rounded(total / made.seconds),
    grown_mb: rounded(made.grownMb),
    // What the second half needed more than the first: nothing, if memory does not grow with their number.
    second_half_mb: rounded(Math.max(0, made.mostMb - halfway)),
    peak_mb: rounded(made.mostMb),
    stall_ms: rounded(made.stallMs),
    parts,
    zip_per_s: rounded(total / taken.seconds),
    zip_mb: rounded(taken.result / 1e6),
    zip_grown_mb: rounded(taken.grownMb),
    zip_stall_ms: rounded(taken.stallMs),
    missing: wanted - total,
  };
}

export const certificates: Bench = {
  name: 'certificates',
  about: '20,000 certificates made in the background and taken along as ZIP',
  async run(options) {
    const people = options.quick ? QUICK : FULL;
    const place = await openPlace('sqlite');
    try {
      const location = await place.database('certificates');
      options.say(`seeding results of ${people} people`);
      const seeded = await seed(location, { people, results: people * 2, units: Math.min(people, 500) });
      const desk = await BenchDesk.open(location, place.folder, ADMIN);
      try {
        return {
          figures: await measure(desk, seeded, people, options),
          goals: {
            certificates_per_s: { atLeast: 50 },
            grown_mb: { atMost: 300 },
            second_half_mb: { atMost: 60 },
            stall_ms: { atMost: 50 },
            zip_grown_mb: { atMost: 150 },
            zip_stall_ms: { atMost: 50 },
            missing: { atMost: 0 },
          },
          notes: ['one thread draws; the product goes on with everything else meanwhile'],
        };
      } finally {
        await desk.close();
      }
    } finally {
      await place.remove();
    }
  },
};
