export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" />
      <path d="M7.3 16a4.7 4.7 0 1 0 9.4 0 4.7 4.7 0 0 0-9.4 0ZM16.7 16H26v4.4M21.6 16v3" />
    </svg>
  );
}
