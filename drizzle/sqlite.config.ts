import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: './drizzle/kit-sqlite.ts',
  out: './drizzle/sqlite',
});
