/**
 * Control characters, line separators, and the characters that reverse text. The marks for left and right
 * (U+200E, U+200F) are missing, because names in Hebrew and Arabic need them, and they reverse nothing.
 */
const CONTROLS = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Shows control characters as `[U+202E]`. Names come from clients, and could otherwise look like another name
 * or reverse the text that follows. Line breaks stay, because a browser shows them as spaces.
 */
export const visible = (text: string): string =>
  text.replace(CONTROLS, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return `[U+${code}]`;
  });
