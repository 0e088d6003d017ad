/** Listens, says where, stops gracefully. Exit codes: 0 stopped, 70 the writer died, 78 wrong configuration. */
import './platform/fast-loading.ts';
import './platform/collecting.ts';
import { flushCompileCache } from 'node:module';

const { ConfigError, readConfig } = await import('./config.ts');
const { createContext, closeContext } = await import('./context.ts');

async function main(): Promise<void> {
  const config = readConfig(process.env);
  // The writer's thread starts while the features are loaded.
  const [context, { buildApp }] = await Promise.all([createContext(config), import('./app.ts')]);
  if (config.seed) await (await import('./seed.ts')).seed(context);
  const app = await buildApp(context);
  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    context.log.info({ signal }, 'stopping');
    await app.close();
    await closeContext(context);
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  // Otherwise written when the process ends in peace, which one that is killed never does. Nobody waits for us yet.
  flushCompileCache();
  await app.http.listen({ port: config.port, host: config.host });
  await app.listening();
  const { firstAdminLink } = await import('./accounts/first-admin.ts');
  const link = await firstAdminLink(context);
  process.stdout.write(`\nHội Thi: ${config.publicUrl.origin}\n`);
  if (link !== null)
    process.stdout.write(
      `Tạo tài khoản quản trị đầu tiên (dùng một lần) · create the first admin (works once):\n${link}\n`,
    );
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(error instanceof ConfigError ? 78 : 1);
});
