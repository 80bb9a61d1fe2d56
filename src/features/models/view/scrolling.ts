/** Lets a wide table be scrolled with the keyboard on a narrow screen. */
export const byKeyboard = { viewportProps: { tabIndex: 0 } };
