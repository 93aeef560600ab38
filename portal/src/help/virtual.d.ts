declare module 'virtual:help/contents' {
  const sections: readonly import('./tree').HelpSection[];
  export default sections;
}

declare module 'virtual:help/pages' {
  /** The pages by slug. Each is loaded when it is shown. */
  const pages: Readonly<Record<string, () => Promise<{ readonly default: import('./tree').HelpPage }>>>;
  export default pages;
}

declare module 'virtual:help/search' {
  /** The JSON of the search index. */
  const index: string;
  export default index;
}
