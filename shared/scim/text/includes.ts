/** Up to this length, the search of the runtime needs little time for any text. */
const MAX_SHORT_LENGTH = 16;

/**
 * Compiles a search for `part` into a test of a text. The test takes linear time for every text, unlike
 * `String.prototype.includes`, which compares up to every character of a long part at every position.
 */
export function compileIncludes(part: string): (text: string) => boolean {
  if (part.length <= MAX_SHORT_LENGTH) return (text) => text.includes(part);
  const borders = bordersOf(part);
  return (text) => {
    let matched = 0;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      while (matched > 0 && part.charCodeAt(matched) !== unit) matched = borders[matched - 1] as number;
      if (part.charCodeAt(matched) === unit) matched++;
      if (matched === part.length) return true;
    }
    return false;
  };
}

/** Returns, for each prefix of `part`, the length of its longest proper prefix that is also its end. */
function bordersOf(part: string): Uint16Array {
  const borders = new Uint16Array(part.length);
  for (let at = 1, length = 0; at < part.length; at++) {
    while (length > 0 && part.charCodeAt(at) !== part.charCodeAt(length))
      length = borders[length - 1] as number;
    if (part.charCodeAt(at) === part.charCodeAt(length)) length++;
    borders[at] = length;
  }
  return borders;
}
