/** Entrants as a city has them: names that many share, dates of birth, phones, addresses; and some who entered twice. For a bench. */
import Sqlite from 'better-sqlite3';
import { fold, personSortKey } from '../../questions/vietnamese.ts';
import { Secrets } from '../../server/platform/secrets.ts';
import { SECRET } from '../harness/product.ts';

const FAMILY =
  'Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Mai Đoàn Lương Tạ'.split(' ');
const MIDDLE =
  'Văn Thị Hữu Đức Minh Thanh Ngọc Quang Thu Hồng Xuân Anh Công Đình Kim Bích Thế Tuấn Mạnh Phương'.split(
    ' ',
  );
const GIVEN =
  'An Anh Bình Châu Chi Cường Dung Dũng Duy Đạt Giang Hà Hải Hạnh Hằng Hiền Hiếu Hoa Hòa Hùng Huy Hương Khánh Lan Linh Loan Long Mai Minh Nam Nga Ngân Nhung Oanh Phúc Phương Quân Quyên Sơn Tâm Thảo Thắng Thủy Trang Trung Tú Tuấn Tùng Vân Yến'.split(
    ' ',
  );
const DAYS = 22_000;
const DAY_MS = 86_400_000;
/** In turn, what somebody who entered twice left the same. */
const SHARED = ['phone', 'citizen', 'birth', 'device', 'near'] as const;

export interface MadeEntrant {
  readonly name: string;
  /** "yyyy-mm-dd". */
  readonly birthDate: string;
  readonly phone: string;
  readonly citizen: string;
  readonly device: string;
  readonly address: string;
}

/** The same for the same number; numbers next to each other have nothing in common. */
function draw(number: number, salt: number): number {
  let x = Math.imul(number ^ (salt * 0x9e37_79b1), 0x85eb_ca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2_ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
const pick = (list: readonly string[], number: number, salt: number): string =>
  list[draw(number, salt) % list.length] ?? '';

function freshEntrant(number: number): MadeEntrant {
  const born = Date.UTC(1950, 0, 1) + (draw(number, 4) % DAYS) * DAY_MS;
  return {
    name: `${pick(FAMILY, number, 1)} ${pick(MIDDLE, number, 2)} ${pick(GIVEN, number, 3)}`,
    birthDate: new Date(born).toISOString().slice(0, 10),
    phone: `09${String(number).padStart(8, '0')}`,
    citizen: `c${number}`,
    device: `d${number}`,
    address: `Số ${draw(number, 5) % 200} phố ${pick(GIVEN, number, 6)}, phường ${pick(MIDDLE, number, 7)}`,
  };
}

/** Of every hundred the last one has entered before, as somebody of the same hundred. */
export function entrantOf(number: number): MadeEntrant {
  const mine = freshEntrant(number);
  if (number % 100 !== 99) return mine;
  const same = freshEntrant(number - 50);
  switch (SHARED[Math.floor(number / 100) % SHARED.length]) {
    case 'phone':
      return { ...mine, phone: same.phone };
    case 'citizen':
      return { ...mine, citizen: same.citizen };
    case 'device':
      return { ...mine, device: same.device, address: same.address };
    case 'near':
      return { ...mine, name: same.name, birthDate: same.birthDate, phone: same.phone };
    default:
      return { ...mine, name: same.name, birthDate: same.birthDate };
  }
}

/** Gives the seeded people 1 … `people`, who entered contest `contestId`, what tells them apart. */
export function describeEntrants(location: string, contestId: number, people: number): void {
  const secrets = new Secrets(SECRET);
  const db = new Sqlite(location);
  const person = db.prepare(
    'update people set name = ?, folded = ?, sort_key = ?, birth_date = ?, phone_hash = ?, citizen_hash = ?, address = ? where id = ?',
  );
  const entry = db.prepare('update entries set device = ? where contest_id = ? and person_id = ?');
  db.transaction(() => {
    for (let id = 1; id <= people; id++) {
      const { name, birthDate, phone, citizen, device, address } = entrantOf(id);
      const phoneHash = secrets.hash('phone', phone);
      person.run(name, fold(name), personSortKey(name), birthDate, phoneHash, citizen, address, id);
      entry.run(device, contestId, id);
    }
  })();
  db.close();
}

/** A list of `lines` as CSV: eight of ten entered, one has a letter wrong, one never came. */
export function rosterFile(lines: number, people: number): Buffer {
  const rows = Array.from({ length: lines }, (_, i) => {
    const number = 1 + Math.floor((i * people) / lines);
    const { name, birthDate, phone } = i % 10 === 9 ? freshEntrant(people + i) : entrantOf(number);
    const written = i % 10 === 8 ? `${name}h` : name;
    return [written, birthDate.split('-').toReversed().join('/'), i % 2 === 0 ? phone : ''].join(',');
  });
  return Buffer.from(`Họ và tên,Ngày sinh,Điện thoại\n${rows.join('\n')}\n`);
}
