/* SPDX-License-Identifier: Apache-2.0
 * stub.c: interim: roles without codes, until the room has its own (which then overrides this weak one). */
#include "resolve/resolve.h"

size_t __attribute__((weak)) dln_resolve_role(const dln_resolver *resolver, dateline_doc *doc, uint32_t head_token,
                                              dateline_date day, dateline_role *roles, size_t max) {
    (void)resolver;
    (void)day;
    const dateline_token *t = dln_doc_token(doc, head_token);
    bool nominal = t->upos == DATELINE_UPOS_PROPN || t->upos == DATELINE_UPOS_NOUN || t->upos == DATELINE_UPOS_PRON;
    if (max == 0 || !nominal) return 0;
    memset(roles, 0, sizeof *roles);
    roles->span = t->span;
    roles->entity = DATELINE_NO_INDEX;
    return 1;
}
