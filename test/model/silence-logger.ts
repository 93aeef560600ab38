/**
 * Silences the logger of the functions, which would print a line for each request. Import this file before
 * the functions: the logger reads the level when it is created.
 */
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
