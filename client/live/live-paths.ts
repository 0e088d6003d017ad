/** Addresses of live contests, as links and QR codes point at them. */
import { paths } from '../paths.ts';

const part = encodeURIComponent;

export const livePaths = {
  /** Where a PIN is typed. */
  join: paths.joinLive,
  room: (pin: string) => `/vao/${part(pin)}`,
  play: (live: string) => `/choi/${part(live)}`,
  host: (live: string) => `/dieu-khien/${part(live)}`,
  screen: (live: string) => `/man-chieu/${part(live)}`,
};
