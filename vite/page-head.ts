import type { HtmlTagDescriptor, Plugin } from 'vite';
import { documentPolicy } from '../src/service-worker/headers.ts';
import { manifestNames } from './web-manifest.ts';

/**
 * What only the built page has in its head: the policy, for hosts that send no headers, and what makes it
 * installable.
 */
export function pageHead(): Plugin {
  return {
    name: 'lentigo:page-head',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (): HtmlTagDescriptor[] => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: documentPolicy },
          injectTo: 'head-prepend',
        },
        { tag: 'link', attrs: { rel: 'manifest', href: `./${manifestNames.en}` }, injectTo: 'head' },
        { tag: 'link', attrs: { rel: 'apple-touch-icon', href: './icons/touch-180.png' }, injectTo: 'head' },
      ],
    },
  };
}
