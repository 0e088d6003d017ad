import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './drizzle/kit-postgres.cjs',
  out: './drizzle/postgres',
});
