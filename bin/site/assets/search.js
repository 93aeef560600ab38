const root = new URL(document.documentElement.dataset.root ?? '', location.href);
const input = document.querySelector('#search');
const results = document.querySelector('#results');
let loading;

/** Loads the index with the first search. */
async function searchIndex() {
  const { options, index } = await (await fetch(new URL('assets/search.json', root))).json();
  const { default: MiniSearch } = await import(new URL('./minisearch.js', import.meta.url).href);
  return MiniSearch.loadJS(index, options);
}

async function showResults() {
  loading ??= searchIndex();
  const index = await loading;
  const found = input.value
    ? index.search(input.value, { prefix: true, fuzzy: 0.2, combineWith: 'AND' })
    : [];
  results.replaceChildren(
    ...found.slice(0, 15).map(({ id, title, heading }) => {
      const link = document.createElement('a');
      link.href = new URL(id, root).href;
      link.textContent = heading ? `${title}: ${heading}` : title;
      const item = document.createElement('li');
      item.append(link);
      return item;
    }),
  );
}

input.addEventListener('input', () => void showResults());
