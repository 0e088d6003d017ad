/** Bare Socket.IO as the product uses it (websocket only, no deflate): broadcasts what it is told, acknowledges what it gets. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { Server } from 'socket.io';

function serve(): void {
  const server = createServer();
  const io = new Server(server, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
  io.on('connection', (socket) => {
    socket.on('go', (message: unknown) => void io.except(socket.id).emit('live', message));
    socket.on('echo', (_message: unknown, acknowledge: (reply: object) => void) =>
      acknowledge({ ok: true, at: Date.now() }),
    );
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address !== null && typeof address === 'object') process.stdout.write(`${address.port}\n`);
  });
  process.on('SIGTERM', () => process.exit(0));
}

interface BareRoom {
  readonly port: number;
  readonly pid: number;
  readonly stop: () => void;
}

/** Starts it in a process of its own. */
export async function startBareRoom(watchFile: string): Promise<BareRoom> {
  const watch = new URL('./load/loop-watch.ts', import.meta.url).href;
  const child = spawn(process.execPath, ['--import', watch, fileURLToPath(import.meta.url), 'serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, LOOP_WATCH_FILE: watchFile, LOOP_WATCH: 'switched' },
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.once('data', (bytes: Buffer) => resolve(Number(bytes.toString().trim())));
    child.once('exit', (code) => reject(new Error(`the bare room ended with ${code}`)));
  });
  return { port, pid: child.pid ?? 0, stop: () => child.kill('SIGTERM') };
}

if (process.argv[2] === 'serve') serve();
