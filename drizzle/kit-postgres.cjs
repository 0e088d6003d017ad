/** What drizzle-kit generates migrations from: it wants each table as an export of its own. */
module.exports = { ...require('./postgres.ts').default };
