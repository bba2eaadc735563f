/* SPDX-License-Identifier: Apache-2.0
 * info.c: `dateline info`, facts on the engine. */
#include "cli.h"

int run_info(const options *given) {
    int status = STATUS_OK;
    dateline_engine *engine = engine_open(given, &status);
    if (engine == NULL) return status;
    const dateline_fact *fact;
    for (size_t i = 0; (fact = dateline_engine_fact(engine, i)) != NULL; i++)
        printf("%s: %s\n", fact->name, fact->value != NULL && fact->value[0] != '\0' ? fact->value : "none");
    dateline_engine_free(engine);
    return fflush(stdout) == 0 ? STATUS_OK : STATUS_IO;
}
