const entities = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };

/**
 * The words of a small HTML page, line by line, as a terminal can show them.
 * @param {string} html
 * @returns {string[]}
 */
export function pageText(html) {
  return html
    .replace(/<title>.*?<\/title>|<form.*?<\/form>/gs, '')
    .replace(/<li>/g, '- ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|quot|amp);/g, (entity) => entities[entity])
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
