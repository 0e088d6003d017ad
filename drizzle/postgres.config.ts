import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './drizzle/kit-postgres.ts',
  out: './drizzle/postgres',
});
