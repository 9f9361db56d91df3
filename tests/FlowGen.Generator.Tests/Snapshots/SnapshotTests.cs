using FlowGen.Testing;

namespace FlowGen.Generator.Tests.Snapshots;

/// <summary>
/// What is generated for a few workflows, to be read. A change of emission shows here as text: look at the .received.cs file beside the
/// .verified.cs one and, if it is what you meant, give it its name.
/// </summary>
public class SnapshotTests
{
    private const string Types = """
        namespace Shop;
        public record Cart(int Count);
        public record Price(decimal Amount);
        public record Stock(int Left);
        public record Offer(string Text);
        public record Receipt(string Text);

        """;

    [Fact]
    public void A_straight_line() => Match("StraightLine", "Checkout", """
        [Workflow]
        public sealed partial class Checkout
        {
            /// <summary>Sells what is in a cart.</summary>
            public partial Receipt Run(Cart cart);
            [Node] private Price Add(Cart cart) => new(cart.Count);
            [Node] private Price Discount([From(nameof(Add))] Price price) => price;
            [Node] private static Receipt Print([From(nameof(Discount))] Price price) => new(price.ToString());
        }
        """);

    [Fact]
    public void Conditions_and_a_sub_workflow_with_state() => Match("Conditions", "Checkout", """
        [State]
        public sealed class Till : ICleanup
        {
            public decimal Sum { get; set; }
            public void Cleanup() => Sum = 0;
        }

        [Workflow]
        public sealed partial class Checkout
        {
            private readonly Adding _adding = new();
            public partial Receipt Run(Cart cart);
            private static bool IsFull(Cart cart) => cart.Count > 10;
            [SubWorkflow(nameof(_adding))] private partial Price Add(Cart cart);
            [Node, When(nameof(IsFull))] private Offer Praise(Cart cart) => new("thanks");
            [Node, BestEffort] private Stock Count(Cart cart) => new(cart.Count);
            [Node] private Receipt Print(Price price, Offer? offer, Optional<Stock> stock) => new(price.ToString());
        }

        [Workflow]
        public sealed partial class Adding
        {
            public partial Price Run(Cart cart);
            [Node] private int Begin(Cart cart, Till till) => cart.Count;
            [Node] private Price End(int begin, Till till) => new(till.Sum + begin);
        }
        """);

    [Fact]
    public void A_chain_of_asynchronous_nodes() => Match("Chain", "Checkout", """
        [Workflow]
        public sealed partial class Checkout
        {
            public partial ValueTask<Receipt> RunAsync(Cart cart, CancellationToken ct = default);
            [Node] private ValueTask<Price> Add(Cart cart, CancellationToken ct) => new(new Price(cart.Count));
            [Node] private ValueTask<Stock> Take(Cart cart, Price price, CancellationToken ct) => new(new Stock(1));
            [Node] private ValueTask<Receipt> Print(Price price, Stock stock, CancellationToken ct) => new(new Receipt(price.ToString()));
        }
        """);

    [Fact]
    public void A_chain_with_policies_that_begins_without_a_frame() => Match("Guarded", "Checkout", """
        [Workflow]
        public sealed partial class Checkout
        {
            public partial ValueTask<Receipt> RunAsync(Cart cart, CancellationToken ct = default);
            private static bool IsFull(Cart cart) => cart.Count > 10;
            [Node] private Price Add(Cart cart) => new(cart.Count);
            [Compensate(nameof(Add))] private void Forget(Price price) { }
            [Node, When(nameof(IsFull)), Retry(2), Timeout(Seconds = 5)] private ValueTask<Offer> Offer(Cart cart, CancellationToken ct) => new(new Offer("more"));
            [Catch(nameof(Offer))] private Offer NoOffer(TimeoutException error) => new("none");
            [Node] private Receipt Print(Price price, Offer? offer) => new(price.ToString());
        }
        """);

    [Fact]
    public void A_diamond_with_a_branch_that_may_fail() => Match("Diamond", "Checkout", """
        [Workflow(MaxParallelism = 4)]
        public sealed partial class Checkout
        {
            public partial ValueTask<Receipt> RunAsync(Cart cart, CancellationToken ct = default);
            [Node] private ValueTask<Price> Add(Cart cart, CancellationToken ct) => new(new Price(cart.Count));
            [Node] private Task<Stock> Take(Cart cart, CancellationToken ct) => Task.FromResult(new Stock(1));
            [Node, BestEffort] private ValueTask<Offer> Offer(Cart cart, CancellationToken ct) => new(new Offer("more"));
            [Node] private Receipt Print(Price price, Stock stock, Offer? offer) => new(price.ToString());
        }
        """);

    [Theory]
    [InlineData("Closed", "Checkout")]
    [InlineData("Open", "Priced.1")]
    public void A_generic_workflow_and_its_parent(string name, string workflow) => Match("Generic." + name, workflow, """
        [Workflow]
        public sealed partial class Checkout
        {
            private readonly Priced<Cart> _priced = new(static cart => cart.Count);
            public partial ValueTask<Receipt> RunAsync(Cart cart, CancellationToken ct = default);
            [SubWorkflow(nameof(_priced)), BestEffort] private partial ValueTask<Price> Add([Input] Cart item);
            [Node] private Receipt Print(Price? price) => new(price?.ToString() ?? "free");
        }

        [Workflow]
        public sealed partial class Priced<T> where T : class
        {
            private readonly Func<T, decimal> _price;
            public Priced(Func<T, decimal> price) => _price = price;
            public partial ValueTask<Price> RunAsync(T item, CancellationToken ct = default);
            [Node] private async ValueTask<Price> Look(T item, CancellationToken ct) { await Task.Delay(0, ct); return new(_price(item)); }
        }
        """);

    [Theory]
    [InlineData("Base", "Checkout")]
    [InlineData("Inherits", "Gifts")]
    [InlineData("Overrides", "Samples")]
    public void Derived_workflows(string name, string workflow) => Match("Derived." + name, workflow, """
        [Workflow]
        public abstract partial class Checkout
        {
            public virtual partial ValueTask<Receipt> RunAsync(Cart cart, CancellationToken ct = default);
            [Node] private Stock Take(Cart cart) => new(cart.Count);
            [Node] protected abstract ValueTask<Price> Add(Cart cart, CancellationToken ct);
            [Node, After(nameof(Take))] protected virtual Receipt Print(Price price) => new(price.ToString());
        }

        [Workflow(Id = "gifts")]
        public partial class Gifts : Checkout
        {
            protected override ValueTask<Price> Add(Cart cart, CancellationToken ct) => new(new Price(0));
        }

        [Workflow]
        public sealed partial class Samples : Gifts
        {
            public override partial ValueTask<Receipt> RunAsync(Cart cart, CancellationToken ct = default);
            [Node] private void Count(Stock stock) => _ = stock;
        }
        """);

    [Fact]
    public void Elements_through_a_sub_workflow() => Match("Elements", "Checkout", """
        [Workflow]
        public sealed partial class Checkout
        {
            public partial ValueTask<Receipt> RunAsync(IReadOnlyList<Cart> carts, CancellationToken ct = default);
            [SubWorkflow<Adding>] private partial ValueTask<Price> Add([Each(MaxParallelism = 4)] Cart cart);
            [Node] private Receipt Print(Price[] prices) => new(prices.Length.ToString());
        }

        [Workflow]
        public sealed partial class Adding
        {
            public partial ValueTask<Price> RunAsync(Cart cart, CancellationToken ct = default);
            [Node] private ValueTask<Stock> Take(Cart cart, CancellationToken ct) => new(new Stock(1));
            [Node] private Price Add(Cart cart, Stock stock) => new(cart.Count);
        }
        """);

    [Fact]
    public void A_broken_workflow() => Match("Broken", "Checkout", """
        [Workflow]
        public sealed partial class Checkout(Adding adding)
        {
            public partial ValueTask<Receipt> RunAsync(Cart cart, CancellationToken ct = default);
            [SubWorkflow(nameof(adding))] private partial ValueTask<Price> Add(Cart cart);
            [Node] private Receipt Print(Price price, Stock stock) => new(price.ToString());
        }

        [Workflow]
        public sealed partial class Adding
        {
            public partial ValueTask<Price> RunAsync(Cart cart, CancellationToken ct = default);
            [Node] private Price Add(Cart cart) => new(cart.Count);
        }
        """);

    /// <summary>Scenario S5: three levels, the second used twice, each with state of its own.</summary>
    [Theory]
    [InlineData("FulfilOrder")]
    [InlineData("ShipParcel")]
    [InlineData("MakeLabel")]
    public void Three_levels(string workflow)
    {
        CompiledFlow flow = FlowCompiler.Compile(ThreeLevels).MustCompile();
        Snapshot.Match("Levels." + workflow, flow.Files["Ship." + workflow + ".g.cs"]);
    }

    [Fact]
    public void The_catalog() => Snapshot.Match("Catalog", FlowCompiler.Compile(ThreeLevels).MustCompile().Files["FlowGenCatalog.g.cs"]);

    private const string ThreeLevels = """
        namespace Ship;
        public record Box(string Name, double Weight);
        public record ShipOrder(string Id, string To, IReadOnlyList<string> Items);
        public record Packed(Box Cold, Box Dry);
        public record Rate(decimal Price);
        public record Label(string Zpl);
        public record Shipment(string Box, Label Label, decimal Price);
        public record Fulfilment(Shipment Cold, Shipment Dry);
        public interface ICarrier { ValueTask<Rate> RateAsync(Box box, string to, CancellationToken ct); }

        [Workflow]
        public sealed partial class FulfilOrder(ShipParcel parcels)
        {
            public partial ValueTask<Fulfilment> RunAsync(ShipOrder order, CancellationToken ct = default);

            [Node]
            Packed Pack(ShipOrder order) => new(new Box("cold", 1), new Box("dry", order.Items.Count));

            [SubWorkflow(nameof(parcels))]
            private partial ValueTask<Shipment> Cold(
                [From(nameof(Pack), Member = nameof(Packed.Cold))] Box box,
                ShipOrder order);

            [SubWorkflow(nameof(parcels), Cleanup = CleanupMode.Deferred)]
            private partial ValueTask<Shipment> Dry(
                [From(nameof(Pack), Member = nameof(Packed.Dry))] Box box,
                ShipOrder order);

            [Node]
            Fulfilment Done(Shipment cold, Shipment dry) => new(cold, dry);
        }

        [Workflow]
        public sealed partial class ShipParcel(ICarrier carrier, MakeLabel labels)
        {
            public partial ValueTask<Shipment> RunAsync(Box box, ShipOrder order, CancellationToken ct = default);

            [State]
            internal sealed class Scale : ICleanup
            {
                public double Tare;
                public void Cleanup() => Tare = 0;
            }

            [Node]
            ValueTask<Rate> Quote(Box box, ShipOrder order, Scale scale, CancellationToken ct)
            {
                scale.Tare = 0.1;
                return carrier.RateAsync(box, order.To, ct);
            }

            [SubWorkflow(nameof(labels))]
            private partial ValueTask<Label> Label(Box box, Rate rate);

            [Node]
            Shipment Done(Box box, Label label, Rate rate) => new(box.Name, label, rate.Price);
        }

        [Workflow]
        public sealed partial class MakeLabel
        {
            public partial ValueTask<Label> RunAsync(Box box, Rate rate, CancellationToken ct = default);

            [Node]
            string Text(Box box, Rate rate) => $"{box.Name} {box.Weight}kg {rate.Price}";

            [Node<LabelPrinter>]
            private partial ValueTask<Label> Print(string text);
        }

        /// <summary>A reusable, stateful, pooled node.</summary>
        [Node, Pooled(Max = 32)]
        public sealed class LabelPrinter : ICleanup
        {
            private readonly System.Text.StringBuilder _zpl = new(256);

            public async ValueTask<Label> ExecuteAsync(string text, CancellationToken ct)
            {
                _zpl.Append("^XA^FD").Append(text).Append("^FS^XZ");
                await Task.Yield();
                return new Label(_zpl.ToString());
            }

            public void Cleanup() => _zpl.Clear();
        }
        """;

    private static void Match(string name, string workflow, string source)
    {
        CompiledFlow flow = FlowCompiler.Compile(Types + source);
        Assert.Empty(flow.FromCompiler);
        Snapshot.Match(name, flow.Files["Shop." + workflow + ".g.cs"]);
    }
}
