import { expect, test } from './app';

test('Korean, kept for the next visit', async ({ app, page, site }) => {
  await app.open(site);
  await expect(page.getByRole('contentinfo')).toContainText('Not a medical device');
  await page.getByText('한국어').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/[가-힣]/);
  await expect(page.getByRole('contentinfo')).toContainText('의료기기');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
});

test.describe('a Korean browser', () => {
  test.use({ locale: 'ko-KR' });
  test('is greeted in Korean', async ({ app, page, site }) => {
    await app.open(site);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/[가-힣]/);
  });
});
