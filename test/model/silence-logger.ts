/**
 * Imported before the functions, whose logger reads it as it is made: a line for each request would bury the
 * test's own.
 */
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
