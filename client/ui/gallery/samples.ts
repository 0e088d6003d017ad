/** Invented rows for the gallery. */
import type { SearchOption } from '../search-select.ts';

export const units: readonly SearchOption[] = [
  { id: 1, label: 'Phường Hoàn Kiếm', detail: 'Đảng bộ thành phố Hà Nội' },
  { id: 2, label: 'Phường Cửa Nam', detail: 'Đảng bộ thành phố Hà Nội' },
  { id: 3, label: 'Phường Ba Đình', detail: 'Đảng bộ thành phố Hà Nội' },
  { id: 4, label: 'Trường Đại học Thủ đô Hà Nội', detail: 'Khối các trường đại học, cao đẳng' },
];

export interface Entrant {
  readonly rank: number;
  readonly name: string;
  readonly unit: string;
  readonly marks: number;
  readonly time: string;
  readonly mine: boolean;
}

export const entrants: readonly Entrant[] = [
  { rank: 1, name: 'Trần Quốc Toản', unit: 'Phường Hoàn Kiếm', marks: 20, time: '4:12,6', mine: false },
  { rank: 2, name: 'Lê Thị Hồng Gấm', unit: 'Phường Cửa Nam', marks: 20, time: '4:31,0', mine: false },
  { rank: 3, name: 'Võ Thị Sáu', unit: 'Phường Ba Đình', marks: 19.5, time: '6:02,9', mine: false },
  {
    rank: 4,
    name: 'Nguyễn Thị Minh Khai',
    unit: 'Trường Đại học Thủ đô Hà Nội',
    marks: 18,
    time: '7:41,3',
    mine: true,
  },
];
