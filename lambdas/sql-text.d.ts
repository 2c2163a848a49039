/** SQL files are bundled as their text (esbuild's `text` loader). */
declare module '*.sql' {
  const text: string;
  export default text;
}
