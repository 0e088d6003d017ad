/**
 * Line icons on a 24 × 24 grid, drawn for this product; each is the `d` of one path, stroked by Icon.svelte.
 * Single exports, so that a page carries only those that it shows.
 */
export const check = 'M4.5 12.5 9.5 17.5 19.5 6.5';
export const cross = 'M6 6 18 18M18 6 6 18';
export const minus = 'M5 12H19';
export const plus = 'M12 5V19M5 12H19';
export const chevronDown = 'M6 9.5 12 15.5 18 9.5';
export const chevronLeft = 'M14.5 6 8.5 12 14.5 18';
export const chevronRight = 'M9.5 6 15.5 12 9.5 18';
export const arrowRight = 'M4.5 12H19.5M13 5.5 19.5 12 13 18.5';
export const arrowLeft = 'M19.5 12H4.5M11 5.5 4.5 12 11 18.5';
export const arrowUp = 'M12 19.5V4.5M5.5 11 12 4.5 18.5 11';
export const arrowDown = 'M12 4.5V19.5M5.5 13 12 19.5 18.5 13';
export const clock = 'M12 3.5A8.5 8.5 0 1 1 12 20.5 8.5 8.5 0 1 1 12 3.5ZM12 7.5V12L15 14';
export const calendar = 'M4.5 6H19.5V20H4.5ZM4.5 10H19.5M8.5 3.5V7.5M15.5 3.5V7.5';
export const flag = 'M6 21V4M6 4.5H18.5L15.5 8.75 18.5 13H6';
export const search = 'M10.5 4A6.5 6.5 0 1 1 10.5 17 6.5 6.5 0 1 1 10.5 4ZM15.5 15.5 20.5 20.5';
export const menu = 'M4 7H20M4 12H20M4 17H20';
export const dots = 'M12 5.5V5.6M12 12V12.1M12 18.5V18.6';
export const user = 'M12 4A4 4 0 1 1 12 12 4 4 0 1 1 12 4ZM4.5 20.5C5 16.5 8 14.8 12 14.8S19 16.5 19.5 20.5';
export const people =
  'M9 4.5A3.5 3.5 0 1 1 9 11.5 3.5 3.5 0 1 1 9 4.5ZM2.5 19.5C3 16 5.5 14.4 9 14.4S15 16 15.5 19.5M15.5 4.8A3.5 3.5 0 0 1 15.5 11.2M17.5 14.8C19.8 15.3 21.2 17 21.5 19.5';
export const info = 'M12 3.5A8.5 8.5 0 1 1 12 20.5 8.5 8.5 0 1 1 12 3.5ZM12 11V16.5M12 7.6V7.7';
export const warning = 'M12 4 21.5 20H2.5ZM12 10.5V14.5M12 17.2V17.3';
export const stop = 'M8.3 3.5H15.7L20.5 8.3V15.7L15.7 20.5H8.3L3.5 15.7V8.3ZM12 7.5V12.8M12 16.2V16.3';
export const eye =
  'M2.5 12C5 7.5 8.2 5.5 12 5.5S19 7.5 21.5 12C19 16.5 15.8 18.5 12 18.5S5 16.5 2.5 12ZM12 9A3 3 0 1 1 12 15 3 3 0 1 1 12 9Z';
export const eyeOff =
  'M4 4 20 20M9.5 6A8.8 8.8 0 0 1 12 5.5C15.8 5.5 19 7.5 21.5 12A15 15 0 0 1 18.6 15.6M15.2 17.9A8.9 8.9 0 0 1 12 18.5C8.2 18.5 5 16.5 2.5 12A15 15 0 0 1 6.2 7.8M9.9 9.9A3 3 0 0 0 14.1 14.1';
export const external = 'M10 5H5V19H19V14M13.5 4.5H19.5V10.5M19 5 11 13';
export const trophy =
  'M8 4H16V10.5A4 4 0 0 1 8 10.5ZM8 5.5H4.5V7A3.5 3.5 0 0 0 8 10.3M16 5.5H19.5V7A3.5 3.5 0 0 1 16 10.3M12 14.5V17.5M8 20.5H16L15 17.5H9Z';
export const star = 'M12 3.5 14.6 9 20.5 9.7 16.1 13.8 17.3 19.7 12 16.8 6.7 19.7 7.9 13.8 3.5 9.7 9.4 9Z';
export const lock = 'M5.5 10.5H18.5V20.5H5.5ZM8.5 10.5V7.5A3.5 3.5 0 0 1 15.5 7.5V10.5';
export const list = 'M8.5 6.5H20M8.5 12H20M8.5 17.5H20M4.2 6.5H4.3M4.2 12H4.3M4.2 17.5H4.3';
export const refresh = 'M19.5 5V10H14.5M19 10A7.5 7.5 0 1 0 19.3 14';
export const download = 'M12 4V15M6.5 10 12 15.5 17.5 10M4.5 20H19.5';
export const upload = 'M12 15.5V4.5M6.5 9.5 12 4 17.5 9.5M4.5 20H19.5';
export const share = 'M12 14.5V3.5M7.5 7.5 12 3 16.5 7.5M7.5 11H5V20.5H19V11H16.5';
export const copy = 'M8.5 8.5H20V20H8.5ZM15.5 8.5V4H4V15.5H8.5';
export const printer = 'M7 8.5V3.5H17V8.5M7 17H4V8.5H20V17H17M7 14H17V20.5H7Z';
export const pencil = 'M4 20 5 15.5 16 4.5 19.5 8 8.5 19ZM13.5 7 17 10.5';
export const bin =
  'M4.5 6.5H19.5M9 6.5V4H15V6.5M6.5 6.5 7.3 20.5H16.7L17.5 6.5M10.2 10.5V16.5M13.8 10.5V16.5';
export const noSignal =
  'M4 4 20 20M2.5 9.5A14 14 0 0 1 6 7.3M9.8 6A14 14 0 0 1 21.5 9.5M5.8 13A9.5 9.5 0 0 1 10.5 10.5M14.8 11A9.5 9.5 0 0 1 18.2 13M9.3 16.3A4.5 4.5 0 0 1 14.7 16.3M12 19.6V19.7';
export const cloudDone =
  'M7 18.5A4.2 4.2 0 0 1 6.6 10.2 5.6 5.6 0 0 1 17.4 9.5 4.5 4.5 0 0 1 17 18.5ZM9 13.8 11.2 16 15 11.8';
export const document = 'M6 3.5H14L18.5 8V20.5H6ZM13.5 3.5V8.5H18.5M9 12.5H15.5M9 16H15.5';
export const logOut = 'M10 4.5H5V19.5H10M9.5 12H20M16 8 20 12 16 16';
export const sliders = 'M4 7.5H12M17 7.5H20M14.5 5V10M4 16.5H7M12 16.5H20M9.5 14V19';
