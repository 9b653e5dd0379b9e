// What a result leads to, as the test sets name it: a slug, or glossary:<anchor>.

/** @param {string} address */
export const place = (address) => {
  const term = /^glossary\/#(.*)$/.exec(address);
  return term ? `glossary:${term[1]}` : (address.split("#")[0] ?? "").split("/").filter(Boolean).at(-1) ?? "";
};
