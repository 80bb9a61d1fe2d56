/**
 * The texts of every language, for whoever runs outside the page; the page fetches those that it shows
 * (languages.ts).
 */
export { english } from './english';
export { korean } from './korean';
