"""LangChain's map-reduce summarisation, as its documentation has it: chunks of 1,000 tokens, then one summary.

Its map step asks all chunks at once and knows no bound; here the HTTP client's pool of connections gives it one. It
makes one summary: no pairs, no speakers, no quotations.
"""

import asyncio
from pathlib import Path

import httpx2
from langchain_classic.chains.summarize import load_summarize_chain
from langchain_core.documents import Document
from langchain_openai import ChatOpenAI
from langchain_text_splitters import RecursiveCharacterTextSplitter


def main(file: str, url: str, concurrency: str) -> str:
    """Return the summary."""
    return asyncio.run(_summary(Path(file).read_text("utf-8"), url, int(concurrency)))


async def _summary(text: str, url: str, concurrency: int) -> str:
    bounded = httpx2.AsyncClient(limits=httpx2.Limits(max_connections=concurrency), timeout=600, trust_env=False)
    model = ChatOpenAI(model="gpt-4o-mini", base_url=url, api_key="none", http_async_client=bounded)
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=0, length_function=model.get_num_tokens)
    chunks = [Document(chunk) for chunk in splitter.split_text(text)]
    made = await load_summarize_chain(model, chain_type="map_reduce").ainvoke({"input_documents": chunks})
    return str(made["output_text"])
