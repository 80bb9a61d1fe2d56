/** The address of the page that says what the program is for, as it stands in what leaves this one. */
function intendedUseAddress(): string {
  const address = new URL(document.baseURI);
  address.search = '';
  address.hash = '/intended-use';
  return address.href;
}

/** A disclaimer as it stands in what leaves the page: with where to read more. `t` is that of its language. */
export const leavingDisclaimer = (t: (key: 'page.intendedUse') => string, disclaimer: string): string =>
  `${disclaimer} ${t('page.intendedUse')}: ${intendedUseAddress()}`;
