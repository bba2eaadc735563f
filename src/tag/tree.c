/* SPDX-License-Identifier: Apache-2.0
 * tree.c: the dependency trees of a doc from head to dependents, for the rooms that walk them downwards. */
#include "tag/tag.h"

/* Visits the tree below `root` without a stack: down to the first child, else on to the next sibling, else up. `open`
 * and `close` number the visits, so that "a stands below b" is two comparisons. */
static uint32_t number_tree(dln_tree *tree, uint32_t root, uint32_t clock) {
    uint32_t at = root;
    for (;;) {
        tree->open[at] = clock++;
        tree->left[at] = tree->right[at] = at;
        if (tree->first_child[at] != DATELINE_NO_INDEX) {
            at = tree->first_child[at];
            continue;
        }
        for (;;) {
            tree->close[at] = clock;
            if (at == root) return clock;
            uint32_t head = dln_doc_token(tree->doc, at)->head;
            if (tree->left[at] < tree->left[head]) tree->left[head] = tree->left[at];
            if (tree->right[at] > tree->right[head]) tree->right[head] = tree->right[at];
            if (tree->next[at] != DATELINE_NO_INDEX) break;
            at = head;
        }
        at = tree->next[at];
    }
}

static bool allocate(dln_tree *tree, dln_arena *scratch, size_t count) {
    uint32_t **lists[] = { &tree->first_child, &tree->next, &tree->open, &tree->close, &tree->left, &tree->right };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        *lists[i] = dln_arena_alloc(scratch, count + 1, sizeof(uint32_t));
        if (*lists[i] == NULL) return false;
    }
    return true;
}

bool dln_tree_init(dln_tree *tree, dln_arena *scratch, const dateline_doc *doc) {
    uint32_t count = (uint32_t)doc->tokens.count;
    tree->doc = doc;
    if (!allocate(tree, scratch, count)) return false;
    for (uint32_t i = 0; i < count; i++) {
        tree->first_child[i] = tree->next[i] = DATELINE_NO_INDEX;
        tree->left[i] = tree->right[i] = i;
    }
    for (uint32_t i = count; i-- > 0;) {
        uint32_t head = dln_doc_token(doc, i)->head;
        if (head >= count) continue;
        tree->next[i] = tree->first_child[head];
        tree->first_child[head] = i;
    }
    uint32_t clock = 1;
    for (uint32_t i = 0; i < count; i++) {
        if (dln_doc_token(doc, i)->head >= count) clock = number_tree(tree, i, clock);
    }
    return true;
}

bool dln_tree_below(const dln_tree *tree, uint32_t token, uint32_t top) {
    return tree->open[token] >= tree->open[top] && tree->open[token] < tree->close[top];
}

uint32_t dln_tree_child(const dln_tree *tree, uint32_t head, const char *deprel) {
    for (uint32_t i = tree->first_child[head]; i != DATELINE_NO_INDEX; i = tree->next[i]) {
        if (dln_token_is_rel(dln_doc_token(tree->doc, i), deprel)) return i;
    }
    return DATELINE_NO_INDEX;
}
