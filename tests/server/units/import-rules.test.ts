import { describe, expect, it } from 'vitest';
import { planImport } from '../../../server/units/import-rules.ts';
import { UnitTimes } from '../../../server/units/time-rules.ts';
import { type Unit, UnitIndex } from '../../../server/units/unit-index.ts';
import { cpuMs } from '../../harness/cpu.ts';
import { unitOf } from './unit-of.ts';

const NOW = Date.UTC(2025, 5, 1);
const HEADER = ['Mã đơn vị', 'Tên đơn vị', 'Mã cấp trên', 'Khối', 'Sĩ số'];

const existing = (id: number, code: string | null, name: string, parentId: number | null = null): Unit =>
  unitOf(id, { code, name, parentId });
const PAST = { name: 'Đơn vị 1', parentId: null, block: null };
const empty = new UnitIndex([], 0);
const actions = async (rows: readonly (readonly string[])[], index = empty) =>
  (await planImport(rows, index, NOW)).planned.map(({ row }) => `${row.action} ${row.code}`);
const errors = async (rows: readonly (readonly string[])[], index = empty) =>
  (await planImport(rows, index, NOW)).errors.map(({ row, column }) => `${row} ${column}`);

describe('reading a table of units', () => {
  it('takes Vietnamese and English headers in any order, under a title, and children before their parents', async () => {
    const rows = [
      ['DANH SÁCH ĐƠN VỊ'],
      [],
      ['STT', 'Tên đơn vị (*)', 'MÃ', 'Trực thuộc', 'Số đảng viên'],
      ['1', '  Chi bộ   1 ', 'CB1', 'DU', '1.070'],
      ['', '', '', '', ''],
      ['2', 'Đảng uỷ', 'DU', '', ''],
    ];
    const { planned, errors: none } = await planImport(rows, empty, NOW);
    expect(none).toEqual([]);
    expect(planned.map(({ row }) => row)).toEqual([
      {
        row: 4,
        code: 'CB1',
        name: 'Chi bộ 1',
        parentCode: 'DU',
        block: null,
        headcount: 1070,
        action: 'create',
      },
      {
        row: 6,
        code: 'DU',
        name: 'Đảng uỷ',
        parentCode: null,
        block: null,
        headcount: null,
        action: 'create',
      },
    ]);
    expect(
      await actions([
        ['code', 'name', 'parent code', 'block', 'headcount'],
        ['A', 'Unit A'],
      ]),
    ).toEqual(['create A']);
  });

  it('says at which row and column something is wrong', async () => {
    const rows = [
      HEADER,
      ['A', 'Một', '', '', 'nhiều'],
      ['', 'Hai', '', '', ''],
      ['C', '', '', '', ''],
      ['a', 'Bốn', '', '', '1.07'],
      ['E', 'Năm', 'KHONG', '', ''],
      ['F', 'x'.repeat(201), '', '', ''],
    ];
    expect(await errors(rows)).toEqual([
      '2 Sĩ số',
      '3 Mã đơn vị',
      '4 Tên đơn vị',
      '5 Sĩ số',
      '5 Mã đơn vị',
      '6 Mã cấp trên',
      '7 Tên đơn vị',
    ]);
    expect(
      await errors([
        ['Mã', 'gì đó'],
        ['A', 'B'],
      ]),
    ).toEqual(['0 ']);
    expect(await errors([HEADER])).toEqual(['0 ']);
  });

  it('refuses units that would stand below themselves, through the file and through what exists', async () => {
    expect(
      await errors([HEADER, ['A', 'Một', 'B'], ['B', 'Hai', 'C'], ['C', 'Ba', 'A'], ['D', 'Bốn', 'A']]),
    ).toEqual(['2 Mã cấp trên', '3 Mã cấp trên', '4 Mã cấp trên']);
    expect(await errors([HEADER, ['A', 'Một', 'a']])).toEqual(['2 Mã cấp trên']);
    const index = new UnitIndex(
      [existing(1, 'A', 'Một'), existing(2, null, 'Không mã', 1), existing(3, 'C', 'Ba', 2)],
      1,
    );
    expect(await errors([HEADER, ['A', 'Một', 'C']], index)).toEqual(['2 Mã cấp trên']);
    expect(await errors([HEADER, ['A', 'Một', 'C'], ['C', 'Ba', '']], index)).toEqual([
      '2 Mã cấp trên',
      '3 Mã cấp trên',
    ]);
    expect(await errors([HEADER, ['C', 'Ba', 'A']], index)).toEqual([]);
  });

  it('refuses a place of today below a unit whose planned move comes under it later, with the day and its name', async () => {
    const until = Date.UTC(2025, 6, 1);
    // A goes below B in a month; until then both stand at the top.
    const [a, b] = [unitOf(1, { code: 'A', parentId: 2 }), unitOf(2, { code: 'B' })];
    const times = new UnitTimes([a, b], [{ ...PAST, unitId: 1, until }]);
    const index = new UnitIndex([times.asOf(a, NOW), b], 1, times);
    const { errors: found } = await planImport([HEADER, ['B', 'Đơn vị 2', 'A']], index, NOW);
    expect(found).toMatchObject([
      { row: 2, column: 'Mã cấp trên', vi: expect.stringContaining('Từ ngày 01/07/2025, khi "Đơn vị 1"') },
    ]);
    // A new unit between them closes the circle as well; nothing comes of what the file leaves as it is.
    const between = [HEADER, ['N', 'Mới', 'A'], ['B', 'Đơn vị 2', 'N']];
    expect(await errors(between, index)).toEqual(['2 Mã cấp trên', '3 Mã cấp trên']);
    expect(await errors([HEADER, ['A', 'Đơn vị 1', '']], index)).toEqual([]);
  });

  it('walks a chain of ten thousand in a moment', async () => {
    const chain = Array.from({ length: 10_000 }, (_, i) => [
      `C${i}`,
      `Đơn vị ${i}`,
      i === 0 ? 'C9999' : `C${i - 1}`,
    ]);
    const began = cpuMs();
    expect(await errors([HEADER, ...chain])).toHaveLength(10_000);
    expect(cpuMs() - began).toBeLessThan(2000);
  });

  it('lets others have their turn while a long table is planned', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => [`C${i}`, `Đơn vị ${i}`, i === 0 ? '' : 'C0']);
    let turns = 0;
    let isPlanned = false;
    const others = async (): Promise<void> => {
      for (; !isPlanned; turns++) await new Promise((next) => setImmediate(next));
    };
    const waiting = others();
    const { planned } = await planImport([HEADER, ...many], empty, NOW);
    isPlanned = true;
    await waiting;
    expect([planned.length, turns > 2]).toEqual([20_000, true]);
  });

  it('tells what is new, changed and the same', async () => {
    const index = new UnitIndex(
      [existing(1, 'A', 'Một'), existing(2, 'B', 'Hai', 1), existing(3, 'C', 'Ba', 1)],
      1,
    );
    const rows = [
      HEADER,
      ['A', 'Một', '', '', ''],
      ['b', 'Hai', 'A', '', ''],
      ['C', 'Ba', '', '', ''],
      ['D', 'Bốn', 'A'],
    ];
    expect(await actions(rows, index)).toEqual(['same A', 'change b', 'change C', 'create D']);
  });

  it('leaves alone what the file has no column for, and units below a parent without a code', async () => {
    const index = new UnitIndex(
      [
        { ...existing(1, 'A', 'Một'), block: 'Khối 1', headcount: 0 },
        existing(2, null, 'Không mã'),
        existing(3, 'C', 'Ba', 2),
      ],
      1,
    );
    expect(
      await actions(
        [
          ['Mã', 'Tên'],
          ['A', 'Một'],
          ['C', 'Ba'],
        ],
        index,
      ),
    ).toEqual(['same A', 'same C']);
    const { planned } = await planImport([HEADER, ['C', 'Ba mới', '', '', '']], index, NOW);
    expect(planned[0]).toMatchObject({ moves: false, row: { action: 'change' } });
  });
});

it('is read at once, whatever stands in its first rows', async () => {
  const began = cpuMs();
  const hostile = [
    '('.repeat(1_000_000),
    `${'('.repeat(200_000)} mã`,
    '*'.repeat(1_000_000),
    ' '.repeat(1_000_000),
  ];
  expect(await errors([hostile, HEADER, ['A', 'Đơn vị A', '', '', '9'.repeat(100_000)]])).toEqual([
    '3 Sĩ số',
  ]);
  expect(cpuMs() - began).toBeLessThan(2000);
});
