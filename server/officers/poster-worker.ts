/** Draws posters in a thread of its own and hands the file over piece by piece: ten thousand units are ten thousand pages. */
import { parentPort, workerData } from 'node:worker_threads';
import { openPage } from '../print/page.ts';
import { drawPoster, type PosterOrder } from './poster.ts';

const order: PosterOrder = workerData;
const page = openPage({ title: `${order.contest}: áp phích` });
page.on('data', (part: Uint8Array) => parentPort?.postMessage(part));
page.on('end', () => parentPort?.postMessage('end'));

order.posters.forEach((poster, i) => {
  if (i > 0) {
    page.flushPages();
    page.addPage();
  }
  drawPoster(page, order, poster);
});
page.end();
